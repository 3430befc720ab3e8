using ZfDecl.Networks;

namespace ZfDecl.Analysis;

/// <summary>An image with parts, as a network sees it.</summary>
/// <param name="Name">What the file of the parts calls it.</param>
/// <param name="Input">[C, H, W] of the network's input, preprocessed.</param>
/// <param name="Pixels">The same before its mean was subtracted, 0 … 255.</param>
/// <param name="Parts">Where its parts lie in the input; inside of it.</param>
public sealed record ImageWithParts(string Name, float[] Input, byte[] Pixels, IReadOnlyDictionary<string, PixelRegion> Parts);
