"""Generated series with incidents planted in them: what gapcheck finds of them, beside what simpler methods find."""
