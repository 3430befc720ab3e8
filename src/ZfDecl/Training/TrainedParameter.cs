using TorchSharp.Modules;

namespace ZfDecl.Training;

/// <summary>A parameter with its own share of the learning rate and of the weight decay.</summary>
/// <param name="Parameter">On the device where it will stay; the caller's.</param>
/// <param name="Rate">A factor of the learning rate, 0 or more; with 0 the parameter is frozen.</param>
/// <param name="Decay">A factor of the weight decay, 0 or more.</param>
public sealed record TrainedParameter(Parameter Parameter, double Rate = 1, double Decay = 1);
