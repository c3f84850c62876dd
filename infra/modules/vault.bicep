metadata description = 'The key that opens the keys of the records. It never leaves the vault, and while it is gone, no record can be read.'

@description('The name of the vault.')
@maxLength(24)
param name string

@description('Its region.')
param location string

@description('The network of the app.')
param networkId string

@description('The subnet of its private endpoints.')
param subnetId string

@description('Addresses of operators. Without any, the vault is reached from the network of the app alone.')
param operatorAddresses array

@description('Object ids of the operators who may use the key.')
param operatorPrincipals array

@description('The object id of the identity of the bot.')
param botPrincipalId string

@description('What a reader of /metrics has to send along; empty for none.')
@secure()
param metricsToken string

@description('Where the vault logs to.')
param workspaceId string

// Key Vault Crypto Service Encryption User: reads the key's public part, wraps, unwraps.
var keyUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'e147488a-f6f5-4113-8e2d-b22465e65bf6')
// Key Vault Secrets User: reads a secret.
var secretReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Cannot be taken back: nobody, whatever their rights, can destroy the key within those days.
    enablePurgeProtection: true
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'None'
      ipRules: [for address in operatorAddresses: {
        value: address
      }]
    }
  }
}

resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'sharing-log'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    attributes: {
      enabled: true
      exportable: false
    }
  }
}

resource keyAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(key.id, botPrincipalId, keyUser)
  scope: key
  properties: {
    principalId: botPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: keyUser
  }
}

resource operatorAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in operatorPrincipals: {
  name: guid(key.id, principal, keyUser)
  scope: key
  properties: {
    principalId: principal
    roleDefinitionId: keyUser
  }
}]

resource token 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(metricsToken)) {
  parent: vault
  name: 'metrics-token'
  properties: {
    value: metricsToken
  }
}

resource tokenAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(metricsToken)) {
  name: guid(vault.id, 'metrics-token', botPrincipalId)
  scope: token
  properties: {
    principalId: botPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: secretReader
  }
}

module endpoint 'privateEndpoint.bicep' = {
  name: 'vault-endpoint'
  params: {
    name: '${name}-vault'
    location: location
    networkId: networkId
    subnetId: subnetId
    targetId: vault.id
    part: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

@description('The address of the key, without a version: the bot goes by the current one.')
output keyAddress string = '${vault.properties.vaultUri}keys/${key.name}'

@description('Where the secret of /metrics is; empty for none.')
output metricsTokenUrl string = empty(metricsToken) ? '' : '${vault.properties.vaultUri}secrets/metrics-token'
