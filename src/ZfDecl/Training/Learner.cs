using System.Diagnostics;
using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Training;

/// <summary>One network in training: forward, cross-entropy, backward, step, renormalisation.</summary>
internal sealed class Learner : IDisposable
{
    private readonly ConvNet network;
    private readonly Sgd descent;
    private readonly FilterRenormalization? renormalization;
    private readonly bool isOnCpu;
    private readonly int seed;
    private readonly Tensor? classWeights;          // [classes]
    private readonly float[]? weightOfClass;
    private readonly SharedLearning? shared;
    private TimeSpan together;                      // in steps with other ranks

    /// <param name="network">On the device of <paramref name="options"/> already.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="images">Images in an epoch.</param>
    /// <param name="classWeights">What an image of each class weighs in the loss, as of <see cref="ClassWeights"/>; null for each alike.</param>
    /// <param name="group">The ranks that share each minibatch; this process alone where null.</param>
    internal Learner(ConvNet network, TrainingOptions options, int images, float[]? classWeights = null, IProcessGroup? group = null)
    {
        var recipe = options.Recipe;
        this.network = network;
        var (rates, decays) = (new ParameterFactors(recipe.Rates), new ParameterFactors(recipe.Decay));
        TrainedParameter[] trained = [.. network.named_parameters().Select(named => new TrainedParameter(named.parameter, rates.Of(named.name), decays.Of(named.name)))];
        descent = new(trained, recipe.Momentum, recipe.WeightDecay);
        shared = group is null or { IsAlone: true } ? null : new(network, options.Seed, options.SyncsBatchNorm, [.. trained.Where(one => one.Rate != 0).Select(one => one.Parameter)], group);
        renormalization = recipe.FilterRms is { } radius ? new(network, radius, layer => rates.Of($"{layer}.weight") > 0) : null;
        StepsPerEpoch = (images + (long)recipe.Batch - 1) / recipe.Batch;
        Schedule = new(recipe, StepsPerEpoch);
        isOnCpu = options.Device.type == DeviceType.CPU;
        seed = options.Seed;
        weightOfClass = classWeights;
        this.classWeights = classWeights is null ? null : tensor(classWeights).to(options.Device).DetachFromDisposeScope();
    }

    /// <summary>The learning rate of each step.</summary>
    internal LearningRateSchedule Schedule { get; }

    /// <summary>Steps that an epoch takes.</summary>
    internal long StepsPerEpoch { get; }

    /// <summary>Steps taken, in all epochs.</summary>
    internal long Steps { get; private set; }

    /// <summary>The share of the steps' time that went by in waiting for gradients to be summed, by this object; null for a process alone, and before the first step.</summary>
    internal double? ReductionShare => shared is null || together == TimeSpan.Zero ? null : shared.Reduction / together;

    /// <summary>The velocity of each parameter, by its name; they stay this object's.</summary>
    internal IEnumerable<KeyValuePair<string, Tensor>> Velocities =>
        network.named_parameters().Zip(descent.Velocities, (parameter, velocity) => KeyValuePair.Create(parameter.name, velocity));

    /// <summary>
    /// Takes one step. On a GPU it only begins the work: nothing is read back, so the loss is not looked at, and what dropout leaves out follows from the seed and
    /// the number of the step, because the state of a GPU's generator cannot be kept in a checkpoint.
    /// </summary>
    /// <param name="batch">What is learned; stays the caller's.</param>
    /// <param name="tally">Gets the loss and the errors, as they are before the step.</param>
    /// <param name="epoch">The epoch, for an error.</param>
    /// <exception cref="ZfDeclException">ZF1301: on the CPU, the loss is infinite or not a number; the weights are then as they were before the step.</exception>
    internal void Learn(Batch batch, Tally tally, int epoch)
    {
        using var scope = NewDisposeScope();
        if (!isOnCpu)
            cuda.manual_seed_all(((long)seed << 32) + Steps);
        var scores = network.call(batch.Images);                        // [N, classes]
        var loss = cross_entropy(scores, batch.Labels, classWeights);
        if (isOnCpu && loss.item<float>() is var value && !float.IsFinite(value))
            throw Diverged(value, "on the minibatch", epoch, batch.Images);
        tally.Add(loss, scores, batch.Labels);
        descent.ZeroGradients();
        loss.backward();
        descent.Step(Schedule.At(Steps));
        renormalization?.Apply();
        Steps++;
    }

    /// <summary>Takes one step with the other ranks, each of which has a part of the minibatch; collective. The loss is looked at on a GPU too.</summary>
    /// <param name="batch">This rank's part; it may have no images.</param>
    /// <param name="tally">Gets the loss and the errors of the whole minibatch.</param>
    /// <param name="epoch">The epoch, for an error.</param>
    /// <param name="agreement">Learns whether all stop or save behind the step.</param>
    /// <exception cref="ZfDeclException">ZF1301: the loss of some part is infinite or not a number.</exception>
    internal void LearnTogether(Batch batch, Tally tally, int epoch, StepAgreement agreement)
    {
        using var scope = NewDisposeScope();
        using var own = new Tally(countsTop5: false);
        var began = Stopwatch.GetTimestamp();
        if (!isOnCpu)
            cuda.manual_seed_all(((long)seed << 32) + Steps);
        var (count, whole) = (batch.Indices.Count, batch.WholeLabels.Count);
        Tensor? loss = null;
        var share = 0.0;
        if (count > 0)
        {
            var scores = shared!.Forward(batch, Steps);                 // [N, classes]
            loss = cross_entropy(scores, batch.Labels, classWeights);
            own.Add(loss, scores, batch.Labels);
            share = count == whole ? 1 : Weight(batch.WholeLabels.Skip(shared.Part.Of(whole).First).Take(count)) / Weight(batch.WholeLabels);
        }
        var part = own.Read();
        var isPartFinite = count == 0 || double.IsFinite(part.Loss) || share == 0;
        descent.ZeroGradients();
        if (loss is not null)
            (loss * share).backward();
        float[] sums = [count == 0 || share == 0 ? 0 : (float)(share * part.Loss), (float)part.Right, .. agreement.Wishes()];
        shared!.SumGradients(sums);
        agreement.Agree(sums.AsSpan(2));
        if (!float.IsFinite(sums[0]))
            throw Diverged(sums[0], "on the minibatch", epoch, shared.FirstNonFinite(isPartFinite ? "" : Divergence.FirstNonFinite(network, batch.Images)));
        tally.Add(new Tally.Sums(whole, (double)sums[0] * whole, sums[1], 0));
        descent.Step(Schedule.At(Steps));
        renormalization?.Apply();
        Steps++;
        together += Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Counts on from what was reached before; weights and velocities are put back by themselves.</summary>
    internal void Resume(TrainingProgress progress)
    {
        Steps = progress.Steps;
        foreach (var epoch in progress.Epochs)
            Schedule.EndEpoch(epoch.ValTop1Error);
    }

    /// <summary>The error for a loss that is NaN.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="where">On what.</param>
    /// <param name="epoch">The epoch it is met in.</param>
    /// <param name="images">[N, C, H, W], what the network saw; null where that is gone.</param>
    internal ZfDeclException Diverged(double loss, string where, int epoch, Tensor? images) => Diverged(loss, where, epoch, Divergence.FirstNonFinite(network, images));

    private ZfDeclException Diverged(double loss, string where, int epoch, string found) => new("ZF1301",
        $"training diverged: the loss {where} is {loss} in epoch {epoch}, after step {Steps} of the run; {found}. "
        + "Try a lower learning-rate, a longer warm-up or a smaller initial-std, and start anew with `resume=no`");

    // What the labels' images weigh in the loss.
    private double Weight(IEnumerable<long> labels) => weightOfClass is null ? labels.Count() : labels.Sum(label => (double)weightOfClass[label]);

    public void Dispose()
    {
        descent.Dispose();
        shared?.Dispose();
        classWeights?.Dispose();
    }
}
