namespace ZfDecl.Studies.Transfer;

/// <summary>What one method has come to in one fold.</summary>
/// <param name="Method">The method.</param>
/// <param name="PerClass">Training images of each class.</param>
/// <param name="Fold">The fold, from 1.</param>
/// <param name="Accuracy">The mean over the classes of the share of test images that are recognised; 0 … 1.</param>
/// <param name="Note">What the method has chosen by itself, for example <c>C = 0.1</c>.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record FewShotRow(string Method, int PerClass, int Fold, double Accuracy, string Note, double Seconds)
{
    /// <summary>The row's name in its study.</summary>
    public string Key => KeyOf(Method, PerClass, Fold);

    /// <summary>The name of a row in its study.</summary>
    public static string KeyOf(string method, int perClass, int fold) => FormattableString.Invariant($"{method}, {perClass} a class, fold {fold}");
}
