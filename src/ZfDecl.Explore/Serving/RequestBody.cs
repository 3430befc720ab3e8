using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Serving;

/// <summary>Reads what a browser sends, and no more of it than is allowed.</summary>
internal static class RequestBody
{
    /// <summary>Reads a value.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How long it may be.</param>
    /// <exception cref="ZfDeclException">ZF1810: it is none; ZF1815: it is too long.</exception>
    public static async Task<T> Read<T>(HttpContext context, ExploreLimits limits)
    {
        if (!context.Request.HasJsonContentType())
            throw RequestErrors.Unreadable("the request has no body of JSON (Content-Type: application/json)");
        var bytes = await Bytes(context, limits.BodyBytes).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Answers.Json) ?? throw RequestErrors.Unreadable("the body of the request is null");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or FormatException or NotSupportedException)
        {
            throw RequestErrors.Unreadable($"the body of the request cannot be read: {failure.Message}", cause: failure);
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">How many they may be.</param>
    /// <exception cref="ZfDeclException">ZF1815: they are more; ZF1810: they end too soon.</exception>
    public static async Task<byte[]> Bytes(HttpContext context, long most)
    {
        if (context.Request.ContentLength > most)
            throw TooLong(most);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = most;
        try
        {
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory, context.RequestAborted).ConfigureAwait(false);
            return memory.ToArray();
        }
        catch (BadHttpRequestException failure)
        {
            throw failure.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLong(most) : RequestErrors.Unreadable($"the body of the request cannot be read: {failure.Message}", cause: failure);
        }
    }

    private static ZfDeclException TooLong(long most) => RequestErrors.TooLarge($"the request has more than {most:N0} bytes, which are allowed");
}
