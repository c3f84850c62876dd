import {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  StatusCodes,
  type AdaptiveCardInvokeResponse,
} from 'botbuilder';
import { ServiceClientCredentialsFactory, type ServiceClientCredentials } from 'botframework-connector';
import restify from 'restify';

/**
 * The bot that the documentation of the SDK builds: its adapter, its handler, its server, one fixed card, nothing saved.
 * What the product is measured against.
 */
const CARD = CardFactory.adaptiveCard({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Who received it', size: 'Large', weight: 'Bolder', wrap: true },
    ...['Name', 'Job title', 'Organisation', 'Telephone', 'Missing', 'Reason'].flatMap((label) => [
      { type: 'Input.Text', id: label.replace(' ', ''), label, isRequired: true, errorMessage: `Give: ${label}.` },
      { type: 'TextBlock', text: `What stands under ${label}`, wrap: true, isSubtle: true, size: 'Small' },
    ]),
  ],
  actions: ['Continue', 'Back', 'Later', 'Cancel'].map((title) => ({ type: 'Action.Execute', title, verb: title })),
});

class StockBot extends ActivityHandler {
  protected override async onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    return {
      statusCode: StatusCodes.OK,
      type: 'application/vnd.microsoft.card.adaptive',
      value: CARD.content as Record<string, unknown>, // the SDK types a card's content as anything
    };
  }
}

/**
 * With ISSUER_URL it checks tokens as it would Teams': by the issuer that stands there, for the bot with APP_ID. Without, it
 * lets everybody in.
 */
function authentication(): ConfigurationBotFrameworkAuthentication {
  const { ISSUER_URL: issuer, APP_ID: appId = '' } = process.env;
  if (issuer === undefined) return new ConfigurationBotFrameworkAuthentication({});
  const urls = {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: issuer,
    ToBotFromEmulatorOpenIdMetadataUrl: issuer,
    ValidateAuthority: 'false',
  };
  return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: appId, ...urls }, new KnownToken(appId));
}

/** Signs what the bot sends without asking anybody for a token. */
class KnownToken extends ServiceClientCredentialsFactory {
  readonly #appId: string;

  constructor(appId: string) {
    super();
    this.#appId = appId;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }
  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  override async createCredentials(): Promise<ServiceClientCredentials> {
    return {
      async signRequest(request) {
        request.headers.set('authorization', 'Bearer a-token');
        return request;
      },
    };
  }
}

const bot = new StockBot();
bot.onMessage(async (context, next) => {
  await context.sendActivity({ attachments: [CARD] });
  await next();
});
const adapter = new CloudAdapter(authentication());
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Ready at http://127.0.0.1:${server.address().port}/`);
});
