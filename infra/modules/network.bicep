metadata description = 'The network of the app: one subnet that it runs in, one in which database and vault have an address of their own.'

@description('The name of the network.')
param name string

@description('Its region.')
param location string

@description('Its address space, /25 or larger.')
param range string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [range]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(range, 26, 0)
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(range, 26, 1)
        }
      }
    ]
  }
}

@description('The resource id of the network.')
output networkId string = network.id

@description('The resource id of the subnet that the app runs in.')
output appSubnetId string = network.properties.subnets[0].id

@description('The resource id of the subnet of the private endpoints.')
output endpointSubnetId string = network.properties.subnets[1].id
