using System.Globalization;

namespace ZfDecl.Interchange.Caffe;

/// <summary>A message of a <c>.prototxt</c>: fields in order, each with a text or a message, any of which may come several times.</summary>
internal sealed class PrototxtNode
{
    private readonly List<(string Name, string? Text, PrototxtNode? Node)> fields = [];

    public void Add(string name, string text) => fields.Add((name, text, null));

    public void Add(string name, PrototxtNode node) => fields.Add((name, null, node));

    /// <summary>The messages of a field.</summary>
    public IEnumerable<PrototxtNode> Nodes(string name) => fields.Where(field => field.Name == name && field.Node is not null).Select(field => field.Node!);

    /// <summary>The last message of a field; an empty one where there is none.</summary>
    public PrototxtNode Node(string name) => Nodes(name).LastOrDefault() ?? new();

    /// <summary>The texts of a field.</summary>
    public string[] Texts(string name) => [.. fields.Where(field => field.Name == name && field.Text is not null).Select(field => field.Text!)];

    /// <summary>The last text of a field.</summary>
    public string Text(string name, string otherwise) => Texts(name).LastOrDefault() ?? otherwise;

    /// <summary>The numbers of a field.</summary>
    /// <exception cref="InvalidDataException">One of them is none.</exception>
    public double[] Numbers(string name) => Array.ConvertAll(Texts(name), text => double.TryParse(text.TrimEnd('f', 'F'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw new InvalidDataException($"'{name}' is '{text}', and should be a number"));

    /// <summary>The last number of a field.</summary>
    public double Number(string name, double otherwise) => Numbers(name) is [.., var last] ? last : otherwise;

    /// <summary>The last number of a field, which is whole.</summary>
    /// <exception cref="InvalidDataException">It is not, or out of reach.</exception>
    public int Whole(string name, int otherwise) => Number(name, otherwise) is var number && number == Math.Floor(number) && Math.Abs(number) <= 1 << 24 ? (int)number : throw new InvalidDataException($"'{name}' is {number}, and should be a whole number");

    public bool Flag(string name, bool otherwise) => Text(name, otherwise ? "true" : "false") is "true" or "True" or "1";
}
