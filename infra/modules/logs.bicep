metadata description = 'Where what the bot prints, and what the services say of themselves, is kept.'

@description('The name of the workspace.')
param name string

@description('Its region.')
param location string

@description('How many days it keeps what it is sent.')
param days int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: days
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

@description('The resource id of the workspace.')
output workspaceId string = workspace.id
