import { EmptyState } from '@rapport/ui/empty-state';
import { TopBar } from '../shell/top-bar.tsx';

/** The same whether it is not there or not shared: neither says more than the other. */
export const NoRecord = (props: { noun: string }) => (
  <>
    <TopBar title={props.noun === 'company' ? 'Company' : 'Contact'} />
    <div class="page">
      <EmptyState title={`There is no such ${props.noun}`}>
        It does not exist, or it is not shared with you. Ask whoever sent you here.
      </EmptyState>
    </div>
  </>
);
