metadata description = 'Everything in Azure that a Sharing Log in a Teams tenant needs. infra/README.md says how to use it and what was not run.'

@description('Begins the name of every resource: 3 to 10 small letters and digits, the first a letter.')
@minLength(3)
@maxLength(10)
param name string = 'sharinglog'

@description('The region of everything but the bot registration, which Azure keeps globally.')
param location string = resourceGroup().location

@description('The container image, such as NAME.azurecr.io/sharing-log:0.1.0. Leave it empty the first time: everything but the app is made, so that there is a registry to push the image to.')
param image string = ''

@description('How many copies of the bot run at least. Two or more go on while one of them is replaced.')
@minValue(1)
@maxValue(25)
param minReplicas int = 2

@description('How many copies of the bot run at most.')
@minValue(1)
@maxValue(25)
param maxReplicas int = 4

@description('Whether the app and the database are spread over the zones of the region. Choose false in a region that has none; it cannot be changed later.')
param zoneRedundant bool = true

@description('Your own host name for the bot, such as bot.example.gov.uk. Empty: the one that Azure gives it.')
param botDomain string = ''

@description('The resource id of the certificate for botDomain in the Container Apps environment. Empty: botDomain is not bound here.')
param botCertificateId string = ''

@description('What the bot is called in Azure.')
@maxLength(42)
param botDisplayName string = 'Sharing Log'

@description('The plan of the bot registration: F0 costs nothing and has no limit in Teams.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('The object id of the Entra group of practitioners.')
param practitionersGroup string

@description('The object id of the Entra group of managers.')
param managersGroup string

@description('The object id of the Entra group of records officers.')
param recordsOfficersGroup string

@description('What your organisation is called, for people of whom the directory names no company.')
@minLength(1)
@maxLength(200)
param organisationName string

@description('Further settings of the bot by name, as .env.example lists them, such as { PUBLIC_AUTHORITY: \'no\' }. No secrets.')
param settings object = {}

@description('What a reader of the figures at /metrics has to send along: 16 characters or more, without spaces. Empty: nobody outside the container may read them.')
@secure()
param metricsToken string = ''

@description('Addresses (IPv4, or ranges such as 203.0.113.0/24) from which operators reach the database and the vault. Without any, both are reached from the network of the app alone.')
param operatorAddresses array = []

@description('Object ids of the people or groups who run the commands for records (verify, copy, rotate-key): they may read and write the database and use the key.')
param operatorPrincipals array = []

@description('Regions to which the database is copied beside its own, such as [\'ukwest\']. Strong consistency makes every save wait for them.')
param readRegions array = []

@description('The most that the database may take, in request units a second; what is not used costs a tenth of it.')
@minValue(1000)
param maxThroughput int = 4000

@description('The address space of the network that the app runs in. Nothing is peered with it.')
param networkRange string = '10.20.0.0/24'

@description('How many days the logs are kept. They hold no case detail.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('Whom Azure tells by e-mail when the bot restarts or the database turns requests away. Empty: nobody.')
param alertEmail string = ''

var unique = uniqueString(resourceGroup().id)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: '${name}-bot'
    location: location
  }
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    name: '${name}-logs'
    location: location
    days: logDays
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: '${name}-network'
    location: location
    range: networkRange
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  params: {
    name: '${name}-${unique}'
    location: location
    readRegions: readRegions
    zoneRedundant: zoneRedundant
    maxThroughput: maxThroughput
    networkId: network.outputs.networkId
    subnetId: network.outputs.endpointSubnetId
    operatorAddresses: operatorAddresses
    principals: concat([identity.outputs.principalId], operatorPrincipals)
    workspaceId: logs.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: '${name}-${unique}'
    location: location
    networkId: network.outputs.networkId
    subnetId: network.outputs.endpointSubnetId
    operatorAddresses: operatorAddresses
    operatorPrincipals: operatorPrincipals
    botPrincipalId: identity.outputs.principalId
    metricsToken: metricsToken
    workspaceId: logs.outputs.workspaceId
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: '${name}${unique}'
    location: location
    botPrincipalId: identity.outputs.principalId
    workspaceId: logs.outputs.workspaceId
  }
}

module containerApps 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    name: '${name}-environment'
    location: location
    subnetId: network.outputs.appSubnetId
    zoneRedundant: zoneRedundant
    workspaceId: logs.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = if (!empty(image)) {
  name: 'app'
  params: {
    name: '${name}-bot'
    location: location
    environmentId: containerApps.outputs.environmentId
    image: image
    registryServer: registry.outputs.server
    identityId: identity.outputs.identityId
    clientId: identity.outputs.clientId
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    botDomain: botDomain
    botCertificateId: botCertificateId
    cosmosEndpoint: cosmos.outputs.endpoint
    cosmosDatabase: cosmos.outputs.database
    keyAddress: vault.outputs.keyAddress
    metricsTokenUrl: vault.outputs.metricsTokenUrl
    practitionersGroup: practitionersGroup
    managersGroup: managersGroup
    recordsOfficersGroup: recordsOfficersGroup
    organisationName: organisationName
    settings: settings
  }
}

var host = empty(botDomain) ? '${name}-bot.${containerApps.outputs.defaultDomain}' : botDomain

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: '${name}-${unique}'
    displayName: botDisplayName
    sku: botSku
    host: host
    identityId: identity.outputs.identityId
    clientId: identity.outputs.clientId
    workspaceId: logs.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail) && !empty(image)) {
  name: 'alerts'
  params: {
    name: name
    email: alertEmail
    appId: app!.outputs.appId
    cosmosId: cosmos.outputs.accountId
  }
}

@description('For MicrosoftAppId, where the app package is built.')
output microsoftAppId string = identity.outputs.clientId

@description('For BOT_DOMAIN, where the app package is built.')
output botDomain string = host

@description('The object id of the bot’s identity: an administrator grants it the permissions of Microsoft Graph.')
output botPrincipalId string = identity.outputs.principalId

@description('For COSMOS_ENDPOINT, where an operator runs the commands for records.')
output cosmosEndpoint string = cosmos.outputs.endpoint

@description('For COSMOS_DATABASE, where an operator runs the commands for records.')
output cosmosDatabase string = cosmos.outputs.database

@description('For KEY_VAULT_KEY, where an operator runs the commands for records.')
output keyVaultKey string = vault.outputs.keyAddress

@description('Where the image is pushed to.')
output registryServer string = registry.outputs.server
