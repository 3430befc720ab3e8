using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Serving;

/// <summary>What is written back.</summary>
internal static class Answers
{
    /// <summary>How values become JSON and back: names in camel case, bytes in base64, and nothing that the page has not to know.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // it is never part of a page
    };

    /// <summary>Writes a value.</summary>
    public static async Task Write<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, Json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes bytes.</summary>
    public static async Task Write(HttpContext context, ReadOnlyMemory<byte> bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">The error.</param>
    /// <param name="status">The status of HTTP; that of the error where null.</param>
    public static Task Refuse(HttpContext context, ZfDeclException error, int? status = null) => Write(context, new { error.Code, error.Message }, status ?? RequestErrors.StatusOf(error));

    /// <summary>Says that a newer request has taken the place of this one.</summary>
    public static Task SayOvertaken(HttpContext context) => Write(context, new { overtaken = true }, StatusCodes.Status409Conflict);
}
