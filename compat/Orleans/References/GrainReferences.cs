using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>
/// Makes the references of one silo or client. A proxy of each interface is generated once per process and cloned,
/// because the generator is slow and a clone is not.
/// </summary>
internal sealed class GrainReferences(GrainCaller caller)
{
    private static readonly ConcurrentDictionary<Type, GrainReference> Prototypes = new();

    public GrainReference Create(GrainId grainId, Type interfaceType) =>
        Prototypes.GetOrAdd(interfaceType, NewPrototype).CloneFor(caller, grainId, interfaceType);

    private static GrainReference NewPrototype(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        return (GrainReference)DispatchProxy.Create(interfaceType, typeof(GrainReferenceProxy));
    }
}
