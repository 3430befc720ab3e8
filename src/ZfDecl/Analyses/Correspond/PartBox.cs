using ZfDecl.Networks;

namespace ZfDecl.Analyses.Correspond;

/// <summary>A part of an object in an image, as a box.</summary>
/// <param name="Image">The image, as the file of the parts names it.</param>
/// <param name="Part">The part, for example <c>left eye</c>.</param>
/// <param name="Region">The box in pixels of the image, held upright; of an image that comes from no file of its own, in pixels of the decoded image.</param>
/// <param name="Line">The line of the file that says so, from 1.</param>
public sealed record PartBox(string Image, string Part, PixelRegion Region, int Line);
