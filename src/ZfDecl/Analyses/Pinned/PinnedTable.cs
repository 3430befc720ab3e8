using System.Globalization;
using System.Text;
using ZfDecl.Files;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Pinned;

/// <summary>Pins as numbers, for other programs.</summary>
public static class PinnedTable
{
    /// <summary>A row a pin: <c>image,layer,map,y,x,activation,rule,unpool,note,state</c>; map and position are empty where a whole layer was projected.</summary>
    /// <param name="views">The pins.</param>
    public static string Csv(IEnumerable<PinnedView> views)
    {
        var csv = new StringBuilder("image,layer,map,y,x,activation,rule,unpool,note,state\n");
        foreach (var view in views)
        {
            var unit = view.Projection.Unit;
            csv.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(view.Image)},{CsvField.Of(view.Projection.Layer.Name)},{unit?.Map},{unit?.At.Y},{unit?.At.X},{view.Projection.Value:R},");
            csv.Append(CultureInfo.InvariantCulture, $"{view.Rules.Relu.ToString().ToLowerInvariant()},{view.Rules.Unpool.ToString().ToLowerInvariant()},{CsvField.Of(view.Pin.Note)},{CsvField.Of(view.Pin.State)}\n");
        }
        return csv.ToString();
    }

    /// <summary>
    /// The tensors of pins as a safetensors file: of the first <c>0.input</c>, <c>0.projection</c>, <c>0.activation</c> and, of a unit, <c>0.position</c> (map, row, column); the names of
    /// layers and images and the states in its metadata.
    /// </summary>
    /// <param name="views">The pins.</param>
    public static byte[] SafeTensors(IEnumerable<PinnedView> views)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = (new Dictionary<string, Tensor>(), new Dictionary<string, string>());
        foreach (var (number, view) in views.Index())
        {
            foreach (var (name, value) in view.Projection.Tensors(view.Input))
                tensors[$"{number}.{name}"] = value;
            (metadata[$"{number}.layer"], metadata[$"{number}.image"], metadata[$"{number}.state"]) = (view.Projection.Layer.Name, view.Image, view.Pin.State);
        }
        using var bytes = new MemoryStream();
        SafeTensorsFile.WriteTo(bytes, tensors, metadata);
        return bytes.ToArray();
    }
}
