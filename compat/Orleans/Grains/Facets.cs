using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans
{
    /// <summary>
    /// Marks the attributes of constructor parameters that an <see cref="IAttributeToFactoryMapper{T}"/> fills.
    /// </summary>
    public interface IFacetMetadata;

    /// <summary>Makes an instance.</summary>
    public delegate TInstance Factory<out TInstance>();

    /// <summary>Makes an instance from one parameter.</summary>
    public delegate TInstance Factory<in TParam1, out TInstance>(TParam1 param1);

    /// <summary>Makes an instance from two parameters.</summary>
    public delegate TInstance Factory<in TParam1, in TParam2, out TInstance>(TParam1 param1, TParam2 param2);
}

namespace Orleans.Runtime
{
    /// <summary>Knows how to fill the constructor parameters that bear a facet attribute.</summary>
    public interface IAttributeToFactoryMapper<in TMetadata>
        where TMetadata : IFacetMetadata
    {
        /// <summary>What makes the argument for each activation.</summary>
        Factory<IGrainContext, object> GetFactory(ParameterInfo parameter, TMetadata metadata);
    }

    /// <summary>Finds the mapper of a parameter's facet attribute and asks it for the argument.</summary>
    internal static class Facets
    {
        private static readonly ConcurrentDictionary<Type, FacetMaker> Makers = new();

        public static object Make(ParameterInfo parameter, IGrainContext context)
        {
            var attribute = parameter.GetCustomAttributes().OfType<IFacetMetadata>().First();
            var maker = Makers.GetOrAdd(
                attribute.GetType(),
                type => (FacetMaker)Activator.CreateInstance(typeof(FacetMaker<>).MakeGenericType(type))!);
            return maker.Make(parameter, attribute, context);
        }

        private abstract class FacetMaker
        {
            public abstract object Make(ParameterInfo parameter, IFacetMetadata attribute, IGrainContext context);
        }

        private sealed class FacetMaker<TMetadata> : FacetMaker
            where TMetadata : IFacetMetadata
        {
            public override object Make(ParameterInfo parameter, IFacetMetadata attribute, IGrainContext context)
            {
                var mapper = context.ActivationServices.GetService<IAttributeToFactoryMapper<TMetadata>>()
                    ?? throw new OrleansException(
                        $"Missing attribute mapper for attribute {attribute.GetType()} used in grain"
                        + $" constructor of {parameter.Member.DeclaringType}.");
                return mapper.GetFactory(parameter, (TMetadata)attribute)(context);
            }
        }
    }
}
