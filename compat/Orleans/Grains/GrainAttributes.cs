using System.Globalization;
using Orleans.Runtime;

namespace Orleans
{
    /// <summary>Names the grain type of a class, where the class name would do otherwise.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal GrainType GrainType { get; } = GrainType.Create(grainType);
    }

    /// <summary>How long a caller of this method waits for its response, as a time span in text.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
    {
        /// <summary>The time.</summary>
        public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
    }

    /// <summary>How long activations of this class stay without calls: the sum of days, hours and minutes.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        private readonly TimeSpan given;

        /// <summary>The sum of the properties.</summary>
        public CollectionAgeLimitAttribute()
        {
        }

        /// <summary>A time span in text.</summary>
        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            given = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

        /// <summary>Days to add.</summary>
        public double Days { get; set; }

        /// <summary>Hours to add.</summary>
        public double Hours { get; set; }

        /// <summary>Minutes to add.</summary>
        public double Minutes { get; set; }

        /// <summary>True for never.</summary>
        public bool AlwaysActive { get; set; }

        /// <summary>The limit; infinite for never.</summary>
        public TimeSpan AgeLimit => AlwaysActive
            ? Timeout.InfiniteTimeSpan
            : given + TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
    }

    /// <summary>Activations of this class are never collected for being idle.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class KeepAliveAttribute : Attribute;
}

namespace Orleans.Metadata
{
    /// <summary>Names the grain type that serves an interface which several classes implement.</summary>
    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class DefaultGrainTypeAttribute(string grainType) : Attribute
    {
        internal GrainType GrainType { get; } = GrainType.Create(grainType);
    }
}

namespace Orleans.Concurrency
{
    /// <summary>Calls of this grain class may interleave with each other at awaits.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ReentrantAttribute : Attribute;

    /// <summary>Calls of this method may interleave with any other.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    /// <summary>Calls of this method may interleave with each other.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ReadOnlyAttribute : Attribute;

    /// <summary>The caller does not wait for the call and hears nothing of its failure.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OneWayAttribute : Attribute;

    /// <summary>Calls of this method need not keep their order; the stand-in keeps it anyway.</summary>
    [AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Class)]
    public sealed class UnorderedAttribute : Attribute;
}
