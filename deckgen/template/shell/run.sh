# Follows each number up to a limit down to 1: halve it if it is even, else triple it and add 1.
set -eu
limit=$(sed 's/.*"limit":\([0-9]*\).*/\1/' "$DECKGEN_INPUT") # or: jq .params.limit
cd "$DECKGEN_OUTPUT"

awk -v limit="$limit" 'BEGIN {
	print "n,steps"
	for (n = 1; n <= limit; n++) {
		steps = 0
		for (x = n; x > 1; steps++)
			x = x % 2 ? 3 * x + 1 : x / 2
		print n "," steps
	}
}' > steps.csv

awk -F, 'NR > 1 { if ($2 > most) { most = $2; n = $1 } }
END { printf "{\"values\": {\"most\": %d, \"by\": %d}}\n", most, n }' steps.csv > result.json

awk -F, -v limit="$limit" '
NR == 1 { print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 240\" width=\"640\" height=\"240\">" }
NR > 1 { printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#0072b2\"/>\n", 640 * ($1 - 1) / limit, 240 - 2 * $2, 480 / limit, 2 * $2 }
END { print "</svg>" }' steps.csv > steps.svg
