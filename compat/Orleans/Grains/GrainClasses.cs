using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>The grain classes that this process has, and which of them serves an interface.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<GrainType, GrainClass> byType;
    private readonly ConcurrentDictionary<(Type Interface, string Prefix), GrainType> choices = new();

    public GrainClasses(IServiceProvider services)
    {
        var classes = GrainAssemblies.GrainClassTypes().Select(type => new GrainClass(type, services)).ToList();
        foreach (var twins in classes.GroupBy(c => c.GrainType).Where(g => g.Count() > 1))
            throw new OrleansConfigurationException(
                $"Grain type {twins.Key} is claimed by {string.Join(" and ", twins.Select(c => c.Type))}.");
        byType = classes.ToFrozenDictionary(c => c.GrainType);
    }

    public IEnumerable<GrainType> GrainTypes => byType.Keys;

    public GrainClass Get(GrainType grainType) => byType.TryGetValue(grainType, out var found)
        ? found
        : throw new ArgumentException($"Could not find an implementation for grain type {grainType}");

    /// <summary>
    /// The grain type that serves an interface; a prefix of the full class name chooses among several.
    /// </summary>
    public GrainType Serving(Type interfaceType, string? prefix) =>
        choices.GetOrAdd((interfaceType, prefix ?? ""), Choose);

    private GrainType Choose((Type Interface, string Prefix) wanted)
    {
        if (wanted.Interface.GetCustomAttribute<DefaultGrainTypeAttribute>() is { } named && wanted.Prefix == "")
            return named.GrainType;
        var candidates = byType.Values
            .Where(c => wanted.Interface.IsAssignableFrom(c.Type)
                && c.Type.FullName!.StartsWith(wanted.Prefix, StringComparison.Ordinal))
            .ToList();
        var exact = candidates.Find(c => wanted.Prefix == ""
            ? c.Type.Name == wanted.Interface.Name[1..]
            : c.Type.FullName == wanted.Prefix);
        if (exact is not null || candidates.Count == 1)
            return (exact ?? candidates[0]).GrainType;
        throw new ArgumentException(candidates.Count == 0
            ? $"Could not find an implementation for interface {GrainClassRules.InterfaceTypeOf(wanted.Interface)}"
            : $"Unable to identify a single appropriate grain type for interface {wanted.Interface}. Candidates: "
                + string.Join(", ", candidates.Select(c => $"{c.GrainType} ({c.Type.FullName})")));
    }
}

/// <summary>Finds the assemblies that can hold grains: those that refer to this one.</summary>
internal static class GrainAssemblies
{
    private static readonly string OwnName = typeof(GrainAssemblies).Assembly.GetName().Name!;
    private static readonly ConcurrentDictionary<Assembly, Type[]> Known = new();

    public static IEnumerable<Type> GrainClassTypes() => Reachable().SelectMany(a => Known.GetOrAdd(a, GrainsOf));

    // The loaded ones that refer to us, and what they refer to: an assembly with grains may not be loaded yet.
    private static HashSet<Assembly> Reachable()
    {
        var seen = new HashSet<Assembly> { typeof(GrainAssemblies).Assembly };
        var open = new Stack<Assembly>(
            AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic && RefersToUs(a)));
        while (open.TryPop(out var assembly))
        {
            if (!seen.Add(assembly))
                continue;
            foreach (var name in assembly.GetReferencedAssemblies().Where(n => !IsFramework(n.Name!)))
            {
                var referenced = Assembly.Load(name);
                if (RefersToUs(referenced))
                    open.Push(referenced);
            }
        }

        return seen;
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.StartsWith("xunit", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    private static bool RefersToUs(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(n => n.Name == OwnName);

    private static Type[] GrainsOf(Assembly assembly) => [.. assembly.GetTypes().Where(GrainClassRules.IsGrainClass)];
}
