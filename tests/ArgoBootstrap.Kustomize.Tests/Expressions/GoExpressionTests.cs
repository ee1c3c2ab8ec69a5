using ArgoBootstrap.Kustomize.Expressions;

namespace ArgoBootstrap.Kustomize.Tests.Expressions;

public sealed class GoExpressionTests
{
    [Theory]
    [InlineData("*", "nothing stands before '*' that it could repeat")]
    [InlineData("a|+?", "nothing stands before '+?' that it could repeat")]
    [InlineData("a**", "'**' repeats a repetition; put the inner one in parentheses")]
    [InlineData("a++b", "'++' repeats a repetition; put the inner one in parentheses")]
    [InlineData("a{1001}", "'{1001}' is more than 1000 repetitions")]
    [InlineData("a{2,1}", "'{2,1}' has its limits the wrong way round")]
    [InlineData("(a{100}){11}", "'{11}' and the repetitions within it come to more than 1000")]
    [InlineData("a(b", "a '(' has no closing ')'")]
    [InlineData("a)b", "a ')' has no opening '('")]
    [InlineData("[a-z", "a '[' has no closing ']'")]
    [InlineData("[z-a]", "the range 'z-a' ends before it starts")]
    [InlineData("[[:alhpa:]]", "'[:alhpa:]' is not a character class")]
    [InlineData(@"\p{Greeek}", @"'\p{Greeek}' is not a category or script of Unicode")]
    [InlineData(@"a\", "it ends with a backslash")]
    [InlineData(@"a\Z", @"'\Z' is not an escape sequence; write '\z' for the end of the text")]
    [InlineData(@"\y", @"'\y' is not an escape sequence")]
    [InlineData(@"(a)\1", @"'\1' is a back reference, which Go does not support")]
    [InlineData(@"\C", @"'\C', a single byte, is not supported by Go")]
    [InlineData("(?#x)a", "'(?#' is a comment, which Go does not support")]
    [InlineData("(?=a)", "'(?=' is lookahead, which Go does not support")]
    [InlineData("(?<!a)", "'(?<!' is lookbehind, which Go does not support")]
    [InlineData("(?>a)", "'(?>' is an atomic group, which Go does not support")]
    [InlineData("(?x)a", "'(?x' is not a group; flags are i, m, s and U, as in '(?i)' and '(?i:'")]
    [InlineData("(?'n'a)", "'(?'' is not a group; write '(?P<name>'")]
    [InlineData("(?P<a b>c)", "'(?P<' is not followed by a name of letters, digits and underscores, and '>'")]
    public void Says_in_plain_words_why_a_text_is_not_a_regular_expression(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<ExpressionException>(() => GoExpression.Compile("^(?:", text, ")$")).Message);

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public void Groups_nest_as_deep_as_in_Go(int depth, bool isAccepted)
    {
        string text = $"^(?:{new string('(', depth)}a{new string(')', depth)})$";
        Assert.Equal(isAccepted ? null : "it nests more than 1000 levels deep", Problem(text));
    }

    [Theory]
    [InlineData(3355, true)]
    [InlineData(3356, false)]
    public void Expressions_are_as_large_as_in_Go(int count, bool isAccepted) =>
        Assert.Equal(isAccepted ? null : "it is too large", Problem(string.Concat(Enumerable.Repeat("a{1000}", count))));

    [Theory]
    [InlineData(100_000, "(", "a '(' has no closing ')'")]
    [InlineData(100_000, "(?:", "a '(' has no closing ')'")]
    [InlineData(30_000, @"\pL", "it is too large")]
    public void Expressions_of_any_size_are_refused_without_exhausting_the_stack(int count, string part, string reason) =>
        Assert.Equal(reason, Problem(string.Concat(Enumerable.Repeat(part, count))));

    // Go 1.24, with which kustomize 5.8.1 is released. Later versions also take other spellings.
    [Theory]
    [InlineData(@"\p{Old_Italic}", true)]
    [InlineData(@"\p{Letter}", false)]
    [InlineData(@"\p{greek}", false)]
    [InlineData(@"\p{Cn}", false)]
    [InlineData(@"\p{fold}", false)]
    public void Unicode_classes_have_the_names_of_the_Go_version_that_kustomize_is_released_with(string text, bool isAccepted) =>
        Assert.Equal(isAccepted, Problem(text) is null);

    [Fact]
    public void An_expression_of_many_states_still_fits_what_it_did()
    {
        var expression = GoExpression.Compile("^(?:(?:a|b)*a(?:a|b){12})$");
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(10, 40)).Select(_ => random.Next(2) == 0 ? 'a' : 'b')]);
            Assert.Equal(text.Length > 12 && text[^13] == 'a', expression.IsMatch(text));
        }
    }

    [Theory]
    [InlineData("*", "Write '.*' for any text: in a regular expression, '*' repeats what stands before it.")]
    [InlineData("**", "Write '.*' for any text: in a regular expression, '*' repeats what stands before it.")]
    [InlineData("*-web", "Write '.*-web' if '*' is to stand for any text: in a regular expression, it repeats what stands before it.")]
    [InlineData("*-web-*", "Write '.*-web-.*' if '*' is to stand for any text: in a regular expression, it repeats what stands before it.")]
    [InlineData("a(b", "Write a regular expression in Go's syntax (RE2), with a backslash before characters that stand for themselves.")]
    public void Wildcards_are_advised_as_regular_expressions(string text, string remedy) => Assert.Equal(remedy, ExpressionAdvice.Remedy(text));

    private static string? Problem(string text)
    {
        try
        {
            _ = GoExpression.Compile(text);
            return null;
        }
        catch (ExpressionException e)
        {
            return e.Message;
        }
    }
}
