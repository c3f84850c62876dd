metadata description = 'The records: one account, one database, and the containers that src/stores/cosmos/containers.ts declares. The bot starts with no other.'

@description('The name of the account.')
param name string

@description('The region that is written to.')
param location string

@description('Regions that hold a copy.')
param readRegions array

@description('Whether it is spread over the zones of the region.')
param zoneRedundant bool

@description('The most that the database may take, in request units a second.')
param maxThroughput int

@description('The network of the app.')
param networkId string

@description('The subnet of its private endpoints.')
param subnetId string

@description('Addresses of operators. Without any, the account is reached from the network of the app alone.')
param operatorAddresses array

@description('Object ids of those who may read and write records: the bot first, then operators.')
param principals array

@description('Where the service logs to.')
param workspaceId string

// Made by "npm run infra" from what a start checks the containers against.
var containers = loadJsonContent('../cosmosContainers.json')

var otherRegions = [for (region, index) in readRegions: {
  locationName: region
  failoverPriority: index + 1
  isZoneRedundant: false
}]

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: name
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    // Anything weaker, or a second region that is written to, and two bots could both be first: a start refuses it.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    enableMultipleWriteLocations: false
    enableAutomaticFailover: !empty(readRegions)
    locations: concat(
      [
        {
          locationName: location
          failoverPriority: 0
          isZoneRedundant: zoneRedundant
        }
      ],
      otherRegions
    )
    // No keys: whoever comes is somebody.
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    ipRules: [for address in operatorAddresses: {
      ipAddressOrRange: address
    }]
    networkAclBypass: 'None'
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous30Days'
      }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-05-15' = {
  parent: account
  name: 'sharing-log'
  properties: {
    resource: {
      id: 'sharing-log'
    }
    options: {
      autoscaleSettings: {
        maxThroughput: maxThroughput
      }
    }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-05-15' = [for each in containers: {
  parent: database
  name: each.name
  properties: {
    resource: {
      id: each.name
      partitionKey: each.partitionKey
      indexingPolicy: each.indexingPolicy
    }
  }
}]

// Cosmos DB Built-in Data Contributor: reads and writes records, makes and deletes no container.
var dataContributor = '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'

resource access 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = [for principal in principals: {
  parent: account
  name: guid(account.id, principal, dataContributor)
  properties: {
    principalId: principal
    roleDefinitionId: dataContributor
    scope: account.id
  }
}]

module endpoint 'privateEndpoint.bicep' = {
  name: 'cosmos-endpoint'
  params: {
    name: '${name}-cosmos'
    location: location
    networkId: networkId
    subnetId: subnetId
    targetId: account.id
    part: 'Sql'
    zoneName: 'privatelink.documents.azure.com'
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    // Not the requests of the data plane: their ids and keys belong with the records.
    logs: [
      {
        category: 'ControlPlaneRequests'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Requests'
        enabled: true
      }
    ]
  }
}

@description('The resource id of the account.')
output accountId string = account.id

@description('The address of the account.')
output endpoint string = account.properties.documentEndpoint

@description('The name of the database.')
output database string = database.name
