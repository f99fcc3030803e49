using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Placement
{
    /// <summary>Gives a grain class its placement strategy.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public abstract class PlacementAttribute : Attribute, IGrainPropertiesProviderAttribute
    {
        /// <summary>With this strategy.</summary>
        protected PlacementAttribute(PlacementStrategy placement) =>
            PlacementStrategy = placement ?? throw new ArgumentNullException(nameof(placement));

        /// <summary>The strategy.</summary>
        public PlacementStrategy PlacementStrategy { get; }

        /// <inheritdoc />
        public virtual void Populate(
            IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
            PlacementStrategy.PopulateGrainProperties(services, grainClass, grainType, properties);
    }

    /// <summary>Any compatible silo.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());

    /// <summary>The silo where the call arrives, if it is compatible.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());

    /// <summary>The compatible silo that the grain's hash falls on.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());

    /// <summary>The less loaded of two compatible silos.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ActivationCountBasedPlacementAttribute()
        : PlacementAttribute(new ActivationCountBasedPlacement());
}

namespace Orleans.Concurrency
{
    /// <summary>Several activations per silo, made where they are called and never registered.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StatelessWorkerAttribute : Orleans.Placement.PlacementAttribute
    {
        /// <summary>As many as the silo has processors.</summary>
        public StatelessWorkerAttribute()
            : this(-1)
        {
        }

        /// <summary>At most this many on one silo.</summary>
        public StatelessWorkerAttribute(int maxLocalWorkers)
            : base(new StatelessWorkerPlacement(maxLocalWorkers))
        {
        }
    }
}
