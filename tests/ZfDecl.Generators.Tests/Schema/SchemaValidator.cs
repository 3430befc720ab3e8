using Newtonsoft.Json.Linq;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ZfDecl.Generators.Tests.Schema;

/// <summary>Checks specs by the JSON schema alone, as an editor does that knows nothing of the parser.</summary>
internal sealed class SchemaValidator(JsonSchema schema)
{
    public static SchemaValidator Create(string schema) => new(JsonSchema.FromJsonAsync(schema).GetAwaiter().GetResult());

    /// <summary>What is wrong with a spec, as an editor would underline it; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems(string spec)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(spec));
        return [.. schema.Validate(Json(stream.Documents.Single().RootNode)).Select(error => error.ToString())];
    }

    /// <summary>YAML as JSON by the core schema of YAML 1.2 (§10.3.2).</summary>
    private static JToken Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JObject(map.Children.Select(pair => new JProperty(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JArray(list.Children.Select(Json)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Plain(text!),
        YamlScalarNode scalar => new JValue(scalar.Value),
        _ => throw new ArgumentException($"{node.GetType()} is no JSON"),
    };

    private static JValue Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JValue.CreateNull(),
        "true" or "True" or "TRUE" => new(true),
        "false" or "False" or "FALSE" => new(false),
        _ when System.Text.RegularExpressions.Regex.IsMatch(text, "^[-+]?[0-9]+$") && decimal.TryParse(text, out var whole) && decimal.Abs(whole) < long.MaxValue => new((long)whole),
        _ when System.Text.RegularExpressions.Regex.IsMatch(text, @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$") => new(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
        _ => new(text),
    };
}
