using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Serialization.Copying;

/// <summary>
/// The converters marked with <see cref="RegisterConverterAttribute"/> in the loaded assemblies that refer to us.
/// </summary>
internal static class ConverterTable
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyList<(Type Value, Type Converter)>> s_known = new();

    /// <summary>A copier through the type's converter, or null when there is none.</summary>
    public static Copier? TryMake(Type type)
    {
        var wanted = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        var self = typeof(ConverterTable).Assembly.GetName().Name;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            foreach (var (value, converter) in s_known.GetOrAdd(assembly, Scan, self!))
            {
                if (value == wanted)
                    return Make(type, converter);
            }
        }

        return null;
    }

    private static Copier Make(Type type, Type converter)
    {
        var closed = converter.IsGenericTypeDefinition
            ? converter.MakeGenericType(type.GenericTypeArguments)
            : converter;
        var contract = Contracts(closed).Single(c => c.GenericTypeArguments[0] == type);
        var copier = typeof(SurrogateCopier<,>).MakeGenericType(contract.GenericTypeArguments);
        return (Copier)Activator.CreateInstance(copier, Activator.CreateInstance(closed, nonPublic: true))!;
    }

    private static List<(Type, Type)> Scan(Assembly assembly, string self)
    {
        var found = new List<(Type, Type)>();
        if (assembly.IsDynamic || assembly.GetReferencedAssemblies().All(a => a.Name != self))
            return found;
        foreach (var type in assembly.GetTypes().Where(t => t.IsDefined(typeof(RegisterConverterAttribute), false)))
        {
            foreach (var contract in Contracts(type))
            {
                var value = contract.GenericTypeArguments[0];
                found.Add((value.IsGenericType ? value.GetGenericTypeDefinition() : value, type));
            }
        }

        return found;
    }

    private static IEnumerable<Type> Contracts(Type converter) => converter.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConverter<,>));
}
