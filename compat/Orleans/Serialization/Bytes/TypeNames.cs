using System.Collections.Concurrent;

namespace Orleans.Serialization.Copying;

/// <summary>The names of types in bytes: without assembly versions, so that a later build reads them.</summary>
internal static class TypeNames
{
    private static readonly ConcurrentDictionary<string, Type> s_parsed = new();

    public static string Format(Type type)
    {
        if (type.IsArray)
            return $"{Format(type.GetElementType()!)}|{(type.IsSZArray ? 0 : type.GetArrayRank())}";
        var name = type.IsConstructedGenericType ? type.GetGenericTypeDefinition().FullName : type.FullName;
        var assembly = type.Assembly.GetName().Name;
        var full = type.Assembly == typeof(object).Assembly ? name! : $"{name}, {assembly}";
        return type.IsConstructedGenericType
            ? $"{full}<{string.Join(";", type.GenericTypeArguments.Select(a => $"({Format(a)})"))}>"
            : full;
    }

    /// <summary>The type of a name.</summary>
    /// <exception cref="SerializerException">There is no such type.</exception>
    public static Type Parse(string name) =>
        s_parsed.TryGetValue(name, out var known) ? known : s_parsed[name] = Find(name);

    private static Type Find(string name)
    {
        var open = name.IndexOf('<', StringComparison.Ordinal);
        var bar = name.LastIndexOf('|');
        if (bar > name.LastIndexOf('>'))
            return ArrayOf(Parse(name[..bar]),
                int.Parse(name[(bar + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        if (open < 0)
            return System.Type.GetType(name) ?? throw new SerializerException($"There is no type {name}.");
        var arguments = Arguments(name[(open + 1)..^1]).Select(Parse).ToArray();
        return Parse(name[..open]).MakeGenericType(arguments);
    }

    private static Type ArrayOf(Type element, int rank) =>
        rank == 0 ? element.MakeArrayType() : element.MakeArrayType(rank);

    private static IEnumerable<string> Arguments(string list)
    {
        var depth = 0;
        var begin = 0;
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '(' && depth++ == 0)
                begin = i + 1;
            else if (list[i] == ')' && --depth == 0)
                yield return list[begin..i];
        }
    }
}
