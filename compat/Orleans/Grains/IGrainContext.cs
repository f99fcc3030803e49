using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation: a grain's life in the memory of one silo.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The instance of the grain class, null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>Which life of the grain.</summary>
    ActivationId ActivationId { get; }

    /// <summary>What the directory holds about it.</summary>
    GrainAddress Address { get; }

    /// <summary>The services of this activation's own scope.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Where facets take part in activation and deactivation.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Holds one component of this type for the activation's life.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Begins the end: running calls finish, waiting ones go to the next activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Where the activation that runs on this thread is found.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation that runs on this thread; in code outside grains there is none.</summary>
    IGrainContext GrainContext { get; }
}

/// <summary>What grain base classes use of the silo.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's address as text.</summary>
    string SiloIdentity { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Makes references.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The silo's clock.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Ends the activation once the calls it runs now are done.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps idle collection away for at least this long.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
