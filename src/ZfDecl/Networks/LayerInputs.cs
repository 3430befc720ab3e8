using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZfDecl.Networks;

/// <summary>The layers whose outputs a layer takes in, in order: their indices, <see cref="LayerInfo.Image"/> for the image. Equal where the indices are.</summary>
[CollectionBuilder(typeof(LayerInputs), nameof(Of))]
[JsonConverter(typeof(Converter))]
public readonly struct LayerInputs : IReadOnlyList<int>, IEquatable<LayerInputs>
{
    private readonly int[]? indices;

    private LayerInputs(int[] indices) => this.indices = indices;

    /// <inheritdoc/>
    public int Count => Indices.Length;

    private int[] Indices => indices ?? [];

    /// <inheritdoc/>
    public int this[int index] => Indices[index];

    /// <summary>Inputs of these indices; what <c>[0, 1]</c> stands for.</summary>
    public static LayerInputs Of(ReadOnlySpan<int> indices) => new(indices.ToArray());

    /// <inheritdoc/>
    public bool Equals(LayerInputs other) => Indices.AsSpan().SequenceEqual(other.Indices);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LayerInputs other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Indices.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Indices)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => Indices.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both list the same layers.</summary>
    public static bool operator ==(LayerInputs one, LayerInputs other) => one.Equals(other);

    /// <summary>Whether they list other layers.</summary>
    public static bool operator !=(LayerInputs one, LayerInputs other) => !one.Equals(other);

    /// <summary>A list of whole numbers.</summary>
    private sealed class Converter : JsonConverter<LayerInputs>
    {
        public override LayerInputs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, LayerInputs value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Indices, options);
    }
}
