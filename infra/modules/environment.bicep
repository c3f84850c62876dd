metadata description = 'What the app runs in: a Container Apps environment in the network of the app.'

@description('The name of the environment.')
param name string

@description('Its region.')
param location string

@description('The subnet that the app runs in.')
param subnetId string

@description('Whether it is spread over the zones of the region.')
param zoneRedundant bool

@description('Where it logs to.')
param workspaceId string

resource containerApps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    zoneRedundant: zoneRedundant
    vnetConfiguration: {
      infrastructureSubnetId: subnetId
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    // By the setting below, which needs no key of the workspace.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: containerApps
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

@description('The resource id of the environment.')
output environmentId string = containerApps.id

@description('Under which the apps in it are reached.')
output defaultDomain string = containerApps.properties.defaultDomain
