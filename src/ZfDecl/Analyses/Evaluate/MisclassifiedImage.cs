namespace ZfDecl.Analyses.Evaluate;

/// <summary>An image that was taken for another class, and where its picture lies in the sheet of <see cref="MisclassifiedImages"/>.</summary>
/// <param name="Name">What a person would call it.</param>
/// <param name="Class">Its class.</param>
/// <param name="Predicted">What it was taken for.</param>
/// <param name="Probability">The probability of that, 0 … 1.</param>
/// <param name="ClassProbability">The probability of its own class, 0 … 1.</param>
/// <param name="X">The first column of its picture, in pixels.</param>
/// <param name="Y">The first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record MisclassifiedImage(string Name, string Class, string Predicted, double Probability, double ClassProbability, int X, int Y, int Width, int Height);
