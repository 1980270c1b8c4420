/** The stopwatch sheet. Its page can be read without it. */
import "./elements/stopwatch-sheet/stopwatch-sheet-define";
