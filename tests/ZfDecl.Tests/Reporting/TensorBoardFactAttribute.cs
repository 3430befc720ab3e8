namespace ZfDecl.Tests.Reporting;

/// <summary>A test that asks TensorBoard's own reader, where Python has it; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TensorBoardFactAttribute()
    : PythonFactAttribute("tensorboard", "python3 has no module 'tensorboard'; apt-get install python3-tensorboard, or pip install tensorboard");
