using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>
/// How grain types and interface types get their names, and which of a class's interfaces are grain interfaces.
/// </summary>
internal static class GrainClassRules
{
    private static readonly ConcurrentDictionary<Type, GrainInterfaceType> InterfaceTypes = new();
    private static readonly HashSet<Type> Markers =
    [
        typeof(IAddressable), typeof(IGrain), typeof(IGrainObserver), typeof(IGrainExtension),
        typeof(IGrainWithGuidKey), typeof(IGrainWithIntegerKey), typeof(IGrainWithStringKey),
    ];

    /// <summary>The attribute's name, else the class name in small letters without the suffix "grain".</summary>
    public static GrainType GrainTypeOf(Type grainClass)
    {
        if (grainClass.GetCustomAttribute<GrainTypeAttribute>() is { } named)
            return named.GrainType;
        var name = grainClass.Name.ToLowerInvariant();
        var suffixed = name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal);
        return GrainType.Create(suffixed ? name[..^5] : name);
    }

    public static GrainInterfaceType InterfaceTypeOf(Type type) =>
        InterfaceTypes.GetOrAdd(type, t => GrainInterfaceType.Create(t.FullName ?? t.Name));

    /// <summary>The grain interfaces of a class, its own first.</summary>
    public static IEnumerable<Type> InterfacesOf(Type grainClass) =>
        grainClass.GetInterfaces().Where(i => typeof(IAddressable).IsAssignableFrom(i) && !Markers.Contains(i));

    public static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type);
}
