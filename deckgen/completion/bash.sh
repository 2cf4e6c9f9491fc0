# Completion of deckgen in bash. In ~/.bashrc: eval "$(deckgen completion bash)"
_deckgen() {
	local word about
	COMPREPLY=()
	while IFS=$'\t' read -r word about; do
		COMPREPLY+=("$word")
	done < <("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _deckgen deckgen
