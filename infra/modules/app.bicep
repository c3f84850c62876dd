metadata description = 'The bot itself: copies of one container behind one proxy, which ends TLS.'

@description('The name of the app.')
param name string

@description('Its region.')
param location string

@description('The environment that it runs in.')
param environmentId string

@description('The container image.')
param image string

@description('The registry that the image is fetched from.')
param registryServer string

@description('The resource id of the identity of the bot.')
param identityId string

@description('The client id of that identity.')
param clientId string

@description('How many copies run at least.')
param minReplicas int

@description('How many copies run at most.')
param maxReplicas int

@description('The host name of the agency’s own for the bot; empty for none.')
param botDomain string

@description('The certificate for it; empty for none.')
param botCertificateId string

@description('The address of the database account.')
param cosmosEndpoint string

@description('The database in it.')
param cosmosDatabase string

@description('The address of the key in the vault.')
param keyAddress string

@description('Where the secret of /metrics is; empty for none.')
param metricsTokenUrl string

@description('The object id of the group of practitioners.')
param practitionersGroup string

@description('The object id of the group of managers.')
param managersGroup string

@description('The object id of the group of records officers.')
param recordsOfficersGroup string

@description('What the organisation is called.')
param organisationName string

@description('Further settings by name.')
param settings object

var port = 3978

var ownSettings = [
  { name: 'PORT', value: string(port) }
  { name: 'STORE', value: 'cosmos' }
  { name: 'COSMOS_ENDPOINT', value: cosmosEndpoint }
  { name: 'COSMOS_DATABASE', value: cosmosDatabase }
  { name: 'KEY_VAULT_KEY', value: keyAddress }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppId', value: clientId }
  { name: 'MicrosoftAppTenantId', value: subscription().tenantId }
  { name: 'TRUSTED_PROXIES', value: '1' }
  { name: 'DIRECTORY', value: 'graph' }
  { name: 'PRACTITIONERS_GROUP', value: practitionersGroup }
  { name: 'MANAGERS_GROUP', value: managersGroup }
  { name: 'RECORDS_OFFICERS_GROUP', value: recordsOfficersGroup }
  { name: 'ORGANISATION_NAME', value: organisationName }
]

var furtherSettings = [for each in items(settings): {
  name: each.key
  value: string(each.value)
}]

var secretSettings = empty(metricsTokenUrl) ? [] : [
  { name: 'METRICS_TOKEN', secretRef: 'metrics-token' }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'http'
        customDomains: empty(botDomain) || empty(botCertificateId) ? [] : [
          {
            name: botDomain
            certificateId: botCertificateId
            bindingType: 'SniEnabled'
          }
        ]
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: empty(metricsTokenUrl) ? [] : [
        {
          name: 'metrics-token'
          keyVaultUrl: metricsTokenUrl
          identity: identityId
        }
      ]
    }
    template: {
      // Longer than the longest turn: the bot ends what it began when it is told to stop.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat(ownSettings, furtherSettings, secretSettings)
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 24
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health/live'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'presses'
            http: {
              metadata: {
                concurrentRequests: '50'
              }
            }
          }
        ]
      }
    }
  }
}

@description('The resource id of the app.')
output appId string = app.id
