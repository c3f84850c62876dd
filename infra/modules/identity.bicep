metadata description = 'The identity that the bot is: no secret belongs to it. Registration, database, vault, registry and Graph all know the bot by it.'

@description('The name of the identity.')
param name string

@description('Its region.')
param location string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

@description('The resource id of the identity.')
output identityId string = identity.id

@description('By which Teams and the SDKs know it.')
output clientId string = identity.properties.clientId

@description('By which roles are given to it.')
output principalId string = identity.properties.principalId
