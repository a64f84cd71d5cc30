// What a landscape is drawn of: the quantities that were evaluated on its grid.

export const landscapeQuantities = ['loss', 'testLoss', 'accuracy'] as const;

export type LandscapeQuantity = (typeof landscapeQuantities)[number];

export const quantityNames: Readonly<Record<LandscapeQuantity, string>> = {
  loss: 'Training loss',
  testLoss: 'Test loss',
  accuracy: 'Training accuracy',
};
