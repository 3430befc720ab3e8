namespace ZfDecl.Studies.Objects;

/// <summary>How well one method finds the images that hold an object of one class.</summary>
/// <param name="Method">The method.</param>
/// <param name="Class">The class.</param>
/// <param name="AveragePrecision">Its average precision; 0 … 1.</param>
/// <param name="Holding">Test images that hold such an object.</param>
/// <param name="Tested">Test images, but those in which it is difficult to see.</param>
/// <param name="Note">What the method has chosen by itself, for example <c>relu7 C = 10</c>.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ObjectRow(string Method, string Class, double AveragePrecision, int Holding, int Tested, string Note, double Seconds)
{
    /// <summary>The name of a row in its study.</summary>
    public static string KeyOf(string method, string name) => $"{method}, {name}";
}
