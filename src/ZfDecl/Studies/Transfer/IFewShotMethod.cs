using ZfDecl.Messages;

namespace ZfDecl.Studies.Transfer;

/// <summary>A way to learn from a few images.</summary>
internal interface IFewShotMethod
{
    /// <summary>Its name in tables, without commas.</summary>
    string Name { get; }

    /// <summary>How many images it looks at in a task, counted each time: what the progress is measured in.</summary>
    long Images(FewShotTask task);

    /// <summary>Learns the training images and classifies the test images.</summary>
    /// <param name="task">What is to be learned.</param>
    /// <param name="bar">Is advanced by <see cref="Images"/> in all.</param>
    /// <param name="cancellation">Ends it; what it keeps on disk lets it go on.</param>
    /// <returns>The class of each test image, and what it has chosen by itself, without commas.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    (int[] Predicted, string Note) Run(FewShotTask task, IProgressBar bar, CancellationToken cancellation);

    /// <summary>Called when what came out of a task is kept: deletes what <see cref="Run"/> has left on disk to go on with.</summary>
    /// <param name="task">What was learned.</param>
    /// <exception cref="ZfDeclException">ZF1204: something cannot be deleted.</exception>
    void Release(FewShotTask task)
    {
    }
}
