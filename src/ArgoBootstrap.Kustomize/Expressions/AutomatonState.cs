using System.Runtime.InteropServices;

namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What is known of a text up to a place in it: where in the program it may go on.</summary>
/// <param name="places">The instructions, sorted.</param>
/// <param name="before">The last character, as far as assertions tell characters apart; -1 at the start of the text.</param>
/// <param name="isKept">Whether the state remembers which ones follow it.</param>
internal sealed class AutomatonState(int[] places, int before, bool isKept)
{
    /// <summary>Number of characters after which the state that follows is remembered.</summary>
    public const int Remembered = 128;

    /// <summary>The text fits.</summary>
    public static readonly AutomatonState Fits = new([], -1, isKept: false);

    /// <summary>The text does not fit, however it goes on.</summary>
    public static readonly AutomatonState Fails = new([], -1, isKept: false);

    // The last one follows the end of the text.
    private readonly AutomatonState?[]? _next = isKept ? new AutomatonState?[Remembered + 1] : null;

    /// <summary>The instructions.</summary>
    public ReadOnlySpan<int> Places => places;

    /// <summary>The last character, as far as assertions tell characters apart.</summary>
    public int Before => before;

    /// <summary>The state that follows; null when it is not known.</summary>
    /// <param name="rune">The next character; -1 at the end of the text.</param>
    public AutomatonState? Next(int rune) => (uint)(rune + 1) <= Remembered && _next is { } next ? next[rune + 1] : null;

    /// <summary>Remembers which state follows.</summary>
    /// <param name="rune">The next character; -1 at the end of the text.</param>
    /// <param name="state">The state.</param>
    public void Remember(int rune, AutomatonState state)
    {
        if ((uint)(rune + 1) <= Remembered && _next is { } next)
        {
            next[rune + 1] = state;
        }
    }

    /// <summary>A text that tells states apart.</summary>
    /// <param name="places">The instructions of a state, sorted.</param>
    /// <param name="before">Its last character.</param>
    public static string Key(ReadOnlySpan<int> places, int before) => $"{(char)(before + 1)}{MemoryMarshal.Cast<int, char>(places)}";
}
