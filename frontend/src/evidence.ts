/** What the pages of evidence need beyond the common script. They can be read without it. */
import "./elements/coded-text/coded-text-define";
import "./elements/stopwatch-sheet/stopwatch-sheet-define";
