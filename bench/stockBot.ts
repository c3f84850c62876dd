import {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  StatusCodes,
  type AdaptiveCardInvokeResponse,
} from 'botbuilder';
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

const bot = new StockBot();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Ready at http://127.0.0.1:${server.address().port}/`);
});
