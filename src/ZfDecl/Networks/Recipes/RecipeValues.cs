using System.Globalization;
using System.Reflection;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Networks.Recipes;

/// <summary>
/// The values of a recipe's section by the keys of the language. A key is the property of its name (<see cref="Key.Property"/>), and its words are members of the
/// property's enumeration: nothing of a key needs to be written down a second time.
/// </summary>
internal static class RecipeValues
{
    /// <summary>The value of a key, as the key itself reads and prints it.</summary>
    /// <param name="section">For example a <see cref="TrainingRecipe"/>.</param>
    /// <param name="key">A key of the section.</param>
    public static object? Get(object section, Key key)
    {
        var property = Of(section, key);
        return property.GetValue(section) switch
        {
            Enum flags when property.PropertyType.IsDefined(typeof(FlagsAttribute)) =>
                Enum.GetValues(property.PropertyType).Cast<Enum>().Where(flag => Convert.ToInt32(flag, CultureInfo.InvariantCulture) != 0 && flags.HasFlag(flag)).Select(Literal).ToEquatableArray(),
            Enum word => Literal(word),
            IReadOnlyDictionary<string, double> factors => factors.Select(pair => new Factor(pair.Key, pair.Value)).OrderBy(factor => factor.Name, StringComparer.Ordinal).ToEquatableArray(),
            IReadOnlyList<string> names => names.ToEquatableArray(),
            IReadOnlyList<double> numbers => numbers.ToEquatableArray(),
            var value => value,
        };
    }

    /// <summary>Gives a key another value, in a copy that nobody else has yet.</summary>
    /// <param name="section">The copy: <c>recipe with { }</c>.</param>
    /// <param name="key">A key of the section.</param>
    /// <param name="value">As the key reads it.</param>
    public static void Set(object section, Key key, object? value)
    {
        var property = Of(section, key);
        property.SetValue(section, value switch
        {
            string literal when property.PropertyType.IsEnum => Parse(property.PropertyType, literal),
            EquatableArray<string> flags when property.PropertyType.IsEnum => Enum.ToObject(property.PropertyType, flags.Aggregate(0, (all, flag) => all | Convert.ToInt32(Parse(property.PropertyType, flag), CultureInfo.InvariantCulture))),
            EquatableArray<Factor> factors => factors.ToDictionary(factor => factor.Name, factor => factor.Value),
            _ => value,
        });
    }

    private static PropertyInfo Of(object section, Key key) =>
        section.GetType().GetProperty(key.Property) ?? throw new InvalidOperationException($"{section.GetType().Name} has no property for the key '{key.Name}'");

    private static string Literal(Enum value) => $"{value.GetType().Name}.{value}";

    private static object Parse(Type type, string literal) => Enum.Parse(type, literal[(literal.IndexOf('.', StringComparison.Ordinal) + 1)..]);
}
