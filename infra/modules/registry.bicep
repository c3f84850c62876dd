metadata description = 'Where the image of the bot is kept. The bot may fetch it; whoever builds it signs in as themselves.'

@description('The name of the registry: letters and digits.')
@maxLength(50)
param name string

@description('Its region.')
param location string

@description('The object id of the identity of the bot.')
param botPrincipalId string

@description('Where the registry logs to.')
param workspaceId string

// AcrPull: fetches images.
var puller = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: name
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, botPrincipalId, puller)
  scope: registry
  properties: {
    principalId: botPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: puller
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: registry
  properties: {
    workspaceId: workspaceId
    // Who signed in, and which image was pushed, fetched or taken away.
    logs: [
      {
        category: 'ContainerRegistryLoginEvents'
        enabled: true
      }
      {
        category: 'ContainerRegistryRepositoryEvents'
        enabled: true
      }
    ]
  }
}

@description('The host name of the registry.')
output server string = registry.properties.loginServer
