namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>A text is not a regular expression. Caught by whoever knows where it is written.</summary>
/// <param name="reason">Why, as the end of a sentence, without a full stop.</param>
internal sealed class ExpressionException(string reason) : Exception(reason);
