namespace ZfDecl.Studies.Classifiers;

/// <summary>What is put on top of fixed features.</summary>
public enum LinearClassifierKind
{
    /// <summary><see cref="SoftmaxRegression"/>.</summary>
    Softmax,

    /// <summary><see cref="LinearSvm"/>.</summary>
    Svm,
}
