using Orleans.Runtime;

namespace Orleans
{
    /// <summary>Takes part in a start and a stop.</summary>
    public interface ILifecycleObserver
    {
        /// <summary>Runs at the start, at the stage of the subscription.</summary>
        Task OnStart(CancellationToken cancellationToken = default);

        /// <summary>Runs at the stop, later stages first.</summary>
        Task OnStop(CancellationToken cancellationToken = default);
    }

    /// <summary>A start and stop in stages that others can take part in.</summary>
    public interface ILifecycleObservable
    {
        /// <summary>Takes part at a stage; disposing the result ends that.</summary>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }

    /// <summary>The two sides together.</summary>
    public interface ILifecycleSubject : ILifecycleObservable, ILifecycleObserver;

    /// <summary>A service that is asked to subscribe before the start.</summary>
    public interface ILifecycleParticipant<TLifecycleObservable>
        where TLifecycleObservable : ILifecycleObservable
    {
        /// <summary>Subscribes to what it needs.</summary>
        void Participate(TLifecycleObservable lifecycle);
    }

    /// <summary>The stages of a silo's or a client's life.</summary>
    public static class ServiceLifecycleStage
    {
        /// <summary>Before everything.</summary>
        public const int First = int.MinValue;

        /// <summary>The runtime itself.</summary>
        public const int RuntimeInitialize = 2000;

        /// <summary>Services of the runtime.</summary>
        public const int RuntimeServices = 4000;

        /// <summary>Storage for the runtime.</summary>
        public const int RuntimeStorageServices = 6000;

        /// <summary>Grain services of the runtime.</summary>
        public const int RuntimeGrainServices = 8000;

        /// <summary>After those.</summary>
        public const int AfterRuntimeGrainServices = 8100;

        /// <summary>Services of the application; stopped before grains are deactivated at the earliest.</summary>
        public const int ApplicationServices = 10000;

        /// <summary>The silo joins.</summary>
        public const int BecomeActive = Active - 1;

        /// <summary>The silo takes calls.</summary>
        public const int Active = 20000;

        /// <summary>After everything.</summary>
        public const int Last = int.MaxValue;
    }

    /// <summary>Shorter ways to subscribe.</summary>
    public static class LifecycleExtensions
    {
        /// <summary>Takes part with two functions.</summary>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable,
            string observerName,
            int stage,
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task>? onStop) =>
            observable.Subscribe(observerName, stage, new Functions(onStart, onStop));

        /// <summary>Takes part in the start only.</summary>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable,
            string observerName,
            int stage,
            Func<CancellationToken, Task> onStart) =>
            observable.Subscribe(observerName, stage, onStart, null);

        /// <summary>Takes part under the name of a type.</summary>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable, int stage, ILifecycleObserver observer) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, observer);

        /// <summary>Takes part with two functions under the name of a type.</summary>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable,
            int stage,
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task> onStop) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, onStop);

        /// <summary>Takes part in the start only, under the name of a type.</summary>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable, int stage, Func<CancellationToken, Task> onStart) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, null);

        /// <summary>Takes part under the name of the observer's type.</summary>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable, int stage, ILifecycleObserver observer) =>
            observable.Subscribe(observer.GetType().FullName!, stage, observer);

        private sealed class Functions(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop)
            : ILifecycleObserver
        {
            public Task OnStart(CancellationToken cancellationToken) => onStart(cancellationToken);

            public Task OnStop(CancellationToken cancellationToken) =>
                onStop?.Invoke(cancellationToken) ?? Task.CompletedTask;
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>The life of a silo.</summary>
    public interface ISiloLifecycle : ILifecycleObservable
    {
        /// <summary>The highest stage that has started.</summary>
        int HighestCompletedStage { get; }

        /// <summary>The lowest stage that has stopped.</summary>
        int LowestStoppedStage { get; }
    }

    /// <summary>The life of an activation.</summary>
    public interface IGrainLifecycle : ILifecycleObservable
    {
        /// <summary>Adds one who hands over state when the activation moves.</summary>
        void AddMigrationParticipant(IGrainMigrationParticipant participant);

        /// <summary>Removes one.</summary>
        void RemoveMigrationParticipant(IGrainMigrationParticipant participant);
    }

    /// <summary>The stages of an activation's life.</summary>
    public static class GrainLifecycleStage
    {
        /// <summary>Before everything.</summary>
        public const int First = int.MinValue;

        /// <summary>State is read.</summary>
        public const int SetupState = 1000;

        /// <summary>The grain is activated.</summary>
        public const int Activate = 2000;

        /// <summary>After everything.</summary>
        public const int Last = int.MaxValue;
    }
}
