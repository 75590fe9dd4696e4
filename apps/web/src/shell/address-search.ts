import { useLocation, useNavigate } from '@solidjs/router';

/** The query of this page's address, as a screen reads and writes what it shows. */
export function useAddressSearch(): {
  /** Reactive; with its question mark where there is one. */
  search: () => string;
  /** Without a question mark. */
  setSearch: (next: string, how: 'push' | 'replace') => void;
} {
  const location = useLocation();
  const navigate = useNavigate();
  return {
    search: () => location.search,
    setSearch: (next, how) =>
      navigate(`${location.pathname}${next === '' ? '' : `?${next}`}`, { replace: how === 'replace', scroll: false }),
  };
}
