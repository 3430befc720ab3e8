using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Schema;

/// <summary>The JSON schema of a study file, draft 7, beside that of a spec, whose variants it refers to.</summary>
internal static class StudySchema
{
    public static string Text { get; } = new JsonObject
    {
        { "$schema", "http://json-schema.org/draft-07/schema#" },
        { "title", "ZfDecl study" },
        { "description", "Trainings to compare: dotnet msbuild -t:Ablate -p:Study=<its name>." },
        { "type", "object" },
        { "properties", KeySchema.Properties(StudyKeys.Top) },
        { "required", KeySchema.Names(KeySchema.Required(StudyKeys.Top)) },
        { "additionalProperties", false },
        { "definitions", new JsonObject { { "row", KeySchema.Mapping("row", StudyKeys.Row, whole: true) } } },
    } + "\n";
}
