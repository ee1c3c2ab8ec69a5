using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ArgoBootstrap.Shell.Cmdlets;

/// <summary>
/// Chooses what a Format cmdlet does. The engine's base classes are public, but the field that says it is not; the
/// engine comes as a package of one pinned version, and a test runs both cmdlets.
/// </summary>
internal static class FormatShapes
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly Assembly Engine = typeof(FrontEndCommandBase).Assembly;

    /// <summary>Sets the shape of a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="shape">A value of the engine's enumeration: <c>Table</c> or <c>List</c>.</param>
    public static void Choose(FrontEndCommandBase cmdlet, string shape)
    {
        Type shapes = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        Type command = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        object inner = Activator.CreateInstance(command, Instance, binder: null, [Enum.Parse(shapes, shape)], culture: null)!;
        typeof(FrontEndCommandBase).GetField("implementation", Instance)!.SetValue(cmdlet, inner);
    }
}
