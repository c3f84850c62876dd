metadata description = 'The registration by which Teams knows the bot, and where it sends what people write.'

@description('The name of the registration.')
param name string

@description('What the bot is called.')
param displayName string

@description('The plan.')
param sku string

@description('The host name at which the bot is reached.')
param host string

@description('The resource id of the identity of the bot.')
param identityId string

@description('The client id of that identity.')
param clientId string

@description('Where the service logs to.')
param workspaceId string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: 'https://${host}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: clientId
    msaAppMSIResourceId: identityId
    msaAppTenantId: subscription().tenantId
    disableLocalAuth: true
    isStreamingSupported: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
    }
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: bot
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'BotRequest'
        enabled: true
      }
    ]
  }
}
