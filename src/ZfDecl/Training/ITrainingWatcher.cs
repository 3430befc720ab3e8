using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Training;

/// <summary>Looks at a training between its epochs, and leaves pictures of it. What it does takes from the time that is trained in.</summary>
public interface ITrainingWatcher
{
    /// <summary>Called where a training goes on, and after each epoch, when everything that it goes on from is on disk.</summary>
    /// <param name="progress">What has been reached: all epochs so far.</param>
    /// <param name="network">As it is now; with the weights of the last epoch, unless <see cref="TrainingProgress.Partial"/> is there.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    void Reached(TrainingProgress progress, ConvNet network);

    /// <summary>Called once when the training has ended or was stopped, before its record says that it is finished.</summary>
    /// <param name="progress">What has been reached.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    void Ended(TrainingProgress progress);
}
