/** What the pages of evidence need beyond the common script. They can be read without it. */
import "./elements/coded-text/coded-text-define";
