using System.Globalization;
using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Takes a number for a time in seconds: PowerShell itself takes it for ticks of 100 nanoseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <summary>The longest time, in days.</summary>
    public int MaximumDays { get; set; } = 7;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan time = value switch
        {
            TimeSpan span => span,
            int or long or double or decimal => FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) => FromSeconds(seconds),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => span,
            _ => throw new ArgumentTransformationMetadataException($"'{value}' is not a time. Give seconds, or hours:minutes:seconds."),
        };
        return time > TimeSpan.Zero && time <= TimeSpan.FromDays(MaximumDays)
            ? time
            : throw new ArgumentTransformationMetadataException($"'{value}' is not a usable time. Give more than nothing, and {MaximumDays} days at most.");
    }

    private static TimeSpan FromSeconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9));
}
