// @ts-check

// Colours are custom properties of theme.css, so a change of look redraws nothing and what is being typed stays.
const COLOURS = /** @type {const} */ (['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention']);

/** @param {string} name */
function colour(name) {
  const subtle = name === 'default' ? 'var(--cardSubtle)' : `var(--card-${name})`;
  return { default: `var(--card-${name})`, subtle };
}

/** @param {string} background */
function containerStyle(background) {
  return {
    backgroundColor: `var(--cardOn-${background})`,
    borderColor: `var(--cardLine-${background})`,
    foregroundColors: Object.fromEntries(COLOURS.map((name) => [name, colour(name)])),
  };
}

/** How Teams draws a card: sizes and spaces as numbers, colours as names that each look fills in. */
export const HOST_CONFIG = {
  supportsInteractivity: true,
  fontTypes: {
    default: {
      fontFamily: 'var(--font)',
      fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: 'var(--fontFixed)',
      fontSizes: { small: 12, default: 13, medium: 15, large: 17, extraLarge: 20 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
  },
  spacing: { small: 4, default: 8, medium: 14, large: 22, extraLarge: 28, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: containerStyle('default'),
    emphasis: containerStyle('emphasis'),
    accent: containerStyle('accent'),
    good: containerStyle('good'),
    warning: containerStyle('warning'),
    attention: containerStyle('attention'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'bolder', size: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 140 },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 12,
  },
  textBlock: { headingLevel: 3 },
  textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' } },
};
