using System.Collections.Immutable;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>How the silo of a new activation is chosen. Its settings travel as grain properties.</summary>
    public abstract class PlacementStrategy
    {
        /// <summary>False when activations are not registered in the grain directory.</summary>
        public virtual bool IsUsingGrainDirectory => true;

        /// <summary>Takes the settings back from the grain's properties.</summary>
        public virtual void Initialize(GrainProperties properties)
        {
        }

        /// <summary>Writes the strategy's name and settings to the grain's properties.</summary>
        public virtual void PopulateGrainProperties(
            IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
            properties[WellKnownGrainTypeProperties.PlacementStrategy] = GetType().Name;
    }

    /// <summary>Any compatible silo; the default.</summary>
    public sealed class RandomPlacement : PlacementStrategy;

    /// <summary>The silo where the call arrives, if it is compatible.</summary>
    public sealed class PreferLocalPlacement : PlacementStrategy;

    /// <summary>The compatible silo that the grain's hash falls on.</summary>
    public sealed class HashBasedPlacement : PlacementStrategy;

    /// <summary>The less loaded of two compatible silos.</summary>
    public sealed class ActivationCountBasedPlacement : PlacementStrategy;

    /// <summary>Several activations on each silo, made where they are called.</summary>
    internal sealed class StatelessWorkerPlacement : PlacementStrategy
    {
        public const string MaxLocalKey = "max-local";

        public StatelessWorkerPlacement()
            : this(-1)
        {
        }

        public StatelessWorkerPlacement(int maxLocal) =>
            MaxLocal = maxLocal > 0 ? maxLocal : Environment.ProcessorCount;

        public override bool IsUsingGrainDirectory => false;

        public int MaxLocal { get; private set; }

        public override void Initialize(GrainProperties properties)
        {
            if (int.TryParse(properties.Properties.GetValueOrDefault(MaxLocalKey), out var max) && max > 0)
                MaxLocal = max;
        }

        public override void PopulateGrainProperties(
            IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
        {
            base.PopulateGrainProperties(services, grainClass, grainType, properties);
            properties[MaxLocalKey] = MaxLocal.ToString();
        }
    }
}

namespace Orleans.Metadata
{
    /// <summary>What is known of a kind of grain, as names and texts.</summary>
    public sealed class GrainProperties(ImmutableDictionary<string, string> values)
    {
        /// <summary>The properties.</summary>
        public ImmutableDictionary<string, string> Properties { get; } = values;
    }

    /// <summary>An attribute of a grain class that adds to its properties.</summary>
    public interface IGrainPropertiesProviderAttribute
    {
        /// <summary>Adds the properties.</summary>
        void Populate(
            IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties);
    }

    /// <summary>The names of the properties that the runtime itself uses.</summary>
    public static class WellKnownGrainTypeProperties
    {
        /// <summary>The name of the placement strategy.</summary>
        public const string PlacementStrategy = "placement-strategy";

        /// <summary>The names of the placement filters.</summary>
        public const string PlacementFilter = "placement-filter";

        /// <summary>The class name.</summary>
        public const string TypeName = "type-name";

        /// <summary>The class name with its namespace.</summary>
        public const string FullTypeName = "full-type-name";
    }
}
